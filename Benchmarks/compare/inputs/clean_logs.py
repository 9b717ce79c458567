"""Log lines without a credential."""

import random
import subprocess

import environment


def write(path, megabytes):
    """Real logs if there are any, else generated ones; says which."""
    expand = environment.LOGS / "expand"
    with open(path, "wb") as file:
        if expand.exists():
            subprocess.run([str(expand), str(megabytes)], stdout=file, check=True)
            return f"{megabytes} MB of real logs (expand {megabytes})"
        generator, written = random.Random(1), 0
        words = "session opened for user root request took block replicated connection closed by peer".split()
        while written < megabytes * 10**6:
            written += file.write("".join(
                f"2026-01-{generator.randint(1, 28):02} 12:{generator.randint(0, 59):02}:07 host{generator.randint(1, 9)} "
                f"app[{generator.randint(100, 9999)}]: {' '.join(generator.choices(words, k=9))} "
                f"id={generator.randint(0, 10**9)}\n" for _ in range(2000)).encode())
    return f"{megabytes} MB of generated log lines (no logs in {environment.LOGS})"


def write_prefix(source, path, size):
    """The first whole lines of a file, at most `size` bytes."""
    with open(source, "rb") as file:
        text = file.read(size)
    path.write_bytes(text[: text.rfind(b"\n") + 1])
    return path
