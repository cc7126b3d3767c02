# expect: budget cpu
# One operation that takes for ever inside the interpreter, where no signal handler of Python runs.
print(3 ** (7 ** 10) % 10)
