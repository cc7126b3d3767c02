# expect: contained
# Writes, makes, links, renames and changes files wherever it can.
import os
import tempfile

def attempt(what, work):
    try:
        work()
        print("ESCAPED:", what)
    except (OSError, FileNotFoundError):
        pass

for folder in ["/", "/tmp", "/work", "/usr", "/usr/lib", "/usr/bin", "/dev", "/dev/shm", "/var/tmp", "/root", "/home", "/run"]:
    attempt(f"wrote in {folder}", lambda: open(f"{folder}/lemma-escape", "w").write("x"))
    attempt(f"folder in {folder}", lambda: os.mkdir(f"{folder}/lemma-escape"))
    attempt(f"link in {folder}", lambda: os.symlink("/etc/passwd", f"{folder}/lemma-escape"))
    attempt(f"pipe in {folder}", lambda: os.mkfifo(f"{folder}/lemma-escape"))
for file in ["/work/program.py", "/work/call.json", "/work/harness.py", "/usr/bin/prlimit", "/usr/lib/os-release", "/dev/null", "/dev/urandom"]:
    if not file.startswith("/dev"):
        attempt(f"opened {file} for writing", lambda: open(file, "a"))
    attempt(f"mode of {file}", lambda: os.chmod(file, 0o777))
    attempt(f"owner of {file}", lambda: os.chown(file, 0, 0))
    attempt(f"removed {file}", lambda: os.remove(file))
    attempt(f"renamed {file}", lambda: os.rename(file, file + "2"))
    attempt(f"hard link to {file}", lambda: os.link(file, "/work/hard"))
attempt("temporary file", lambda: tempfile.TemporaryFile())
print("contained")
