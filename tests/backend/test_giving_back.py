"""What the allocator keeps for later is given back, as the kernel sees it."""

import subprocess
import sys

import pytest

FREED = """
import gc
from pathlib import Path
from backend.sparing import give_back

def mb():
    for line in Path("/proc/self/smaps_rollup").read_text().splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) / 1024

# Of 5 kB each: more than Python's own allocator takes, less than what the system maps by itself.
held = [bytearray(5_000) for _ in range(5_000)]
last = bytearray(5_000)
full = mb()
del held
gc.collect()
freed = mb()
give_back()
given_back = mb()
print(round(full - freed), round(freed - given_back))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps and gives back like this")
def test_what_was_freed_between_what_stays_goes_back_to_the_system() -> None:
    ran = subprocess.run([sys.executable, "-c", FREED], capture_output=True, text=True, check=True)
    by_itself, given_back = map(int, ran.stdout.split())

    assert by_itself < 5, "the allocator keeps it"
    assert given_back > 20, "24 MB were free"
