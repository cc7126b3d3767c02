# Runs a candidate program inside the sandbox. Owns what goes over file descriptor 3: `ready`, then for a call one record, `value JSON`
# or `error JSON`. It knows no expected value: whatever a program does to this file or its channel, it must still find the answer.

import json
import os
import sys
import types


def say(text):
    data = text.encode()
    while data:
        data = data[os.write(3, data) :]


def main():
    say("ready\n")
    with open("/work/call.json", encoding="utf-8") as file:
        call = json.load(file)
    with open("/work/program.py", "rb") as file:
        source = file.read()
    module = types.ModuleType("__main__" if call is None else "program")
    sys.modules[module.__name__] = module
    sys.argv = ["/work/program.py"]
    encode = json.dumps
    try:
        exec(compile(source, "program.py", "exec"), module.__dict__)
        if call is None:
            return
        function = module.__dict__.get(call["name"])
        if not callable(function):
            raise NameError(f"the program defines no function {call['name']}")
        record = "value " + encode(function(*call["arguments"]), allow_nan=False)
    except Exception as problem:
        if call is None:
            raise
        record = "error " + encode([type(problem).__name__, str(problem)])
    say(record + "\n")
    # Threads that still run don't keep a finished call waiting.
    os._exit(0)


main()
