"""python3 -m lemma_trainer.launch [RANKS] CONFIG.json [--stage N]: starts the ranks by hand, without TypeScript.
srun … python3 -m lemma_trainer.launch --slurm CONFIG.json [--stage N]: becomes the rank that Slurm's task is.

Every rank is one process with one thread.
"""

import os
import signal
import socket
import subprocess
import sys
import time

from .process import STOPPED, end_with_parent


def rank_environment(rank, world, port):
    """Environment of one rank on this machine."""
    place = {"RANK": str(rank), "LOCAL_RANK": str(rank), "WORLD_SIZE": str(world), "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "GLOO_SOCKET_IFNAME": "lo"}
    return {**place, **thread_environment()}


def slurm_environment(given):
    """Environment of a task of srun: its place from Slurm's variables; MASTER_ADDR and MASTER_PORT are set by the script of the job."""
    names = {"RANK": "SLURM_PROCID", "LOCAL_RANK": "SLURM_LOCALID", "WORLD_SIZE": "SLURM_NTASKS"}
    missing = [name for name in ("MASTER_ADDR", "MASTER_PORT", *names.values()) if name not in given]
    if missing:
        raise SystemExit(f"--slurm: expected to be started by srun in a job of `lemma train slurm`, found no {', '.join(missing)}")
    return {**{name: given[source] for name, source in names.items()}, **thread_environment()}


def thread_environment():
    """Threads, caches and memory of one rank."""
    flags = open("/proc/cpuinfo", encoding="utf-8").read() if os.path.exists("/proc/cpuinfo") else ""
    return {
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        "ONEDNN_PRIMITIVE_CACHE_CAPACITY": "8192",
        # Large tensors come and go many times a step: let malloc keep their pages instead of asking the kernel again.
        "MALLOC_MMAP_THRESHOLD_": "1073741824", "MALLOC_TRIM_THRESHOLD_": "1073741824", "MALLOC_TOP_PAD_": "67108864",
        **({"ATEN_CPU_CAPABILITY": "avx512"} if "avx512bw" in flags and "avx512vl" in flags else {}),
    }


def main(arguments):
    if arguments[:1] == ["--slurm"]:
        os.environ.update(slurm_environment(os.environ))
        os.execv(sys.executable, [sys.executable, "-m", "lemma_trainer", *arguments[1:]])
    world = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else os.cpu_count()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "lemma_trainer", *arguments]
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    ranks = [
        subprocess.Popen(command, env={**os.environ, "PYTHONPATH": folder, **rank_environment(rank, world, port)},
                         stdin=None if rank == 0 else subprocess.DEVNULL)  # rank 0 takes commands (rl/server.py)
        for rank in range(world)
    ]

    def forward(number, _frame):
        for process in ranks:
            if process.poll() is None:
                process.send_signal(number)

    signal.signal(signal.SIGTERM, forward)
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal sends it to the ranks itself
    end_with_parent()
    return wait_for(ranks)


def wait_for(ranks, grace_seconds=30):
    """The worst exit code. When a rank fails, the others can't go on: they get a while to notice, then are ended."""
    deadline = None
    while any(process.poll() is None for process in ranks):
        failed = any(process.returncode not in (None, 0, STOPPED) for process in ranks)
        if failed and deadline is None:
            deadline = time.monotonic() + grace_seconds
        if deadline is not None and time.monotonic() > deadline:
            for process in ranks:
                process.kill()
        time.sleep(0.05)
    codes = [process.returncode if process.returncode >= 0 else 128 - process.returncode for process in ranks]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
