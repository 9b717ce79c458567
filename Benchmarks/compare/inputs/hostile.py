"""Input made to hurt."""

import random


def kinds():
    """Name, the bytes that are repeated, and what stands before them.

    Most are the beginning of a credential, again and again; the last rows are credentials, made here, one after the other.
    """
    generator = random.Random(2)
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    base64 = bytes(generator.choices(alphabet, k=1 << 20))
    begin = b"-----BEGIN RSA PRIVATE " + b"KEY-----"
    body = b"\n".join(bytes(generator.choices(alphabet, k=64)) for _ in range(1 << 13)) + b"\n"
    letters = alphabet[:52]

    def many(head, members, count, tail):
        return b"".join(head + bytes(generator.choices(members, k=count)) + tail for _ in range(1 << 14))

    return [
        ("AKIA, repeated", b"AKIA", None),
        ("sk-ant-api03-, repeated", b"sk-ant-api03-", None),
        ("eyJ-, repeated", b"eyJ-", None),
        ("glpat-, repeated", b"glpat-", None),
        ("BEGIN lines without a line's end", begin, None),
        ("BEGIN lines", begin + b"\n", None),
        ("one run of base64", base64, None),
        ("a key block that never ends", body, begin + b"\n"),
        ("://a:, repeated", b"://a:", None),
        ("cohere_key=, repeated", b"cohere_key=", None),
        ("beginnings of keystores", b"/u3+7QAAAAIAAAABAAAAAQA", None),
        ("password=, then one run", b"a", b"password="),
        ("line feeds", b"\n", None),
        ("zeros", b"\0", None),
        ("anchors inside one open run", b"sk-ant-" + b"oat01-", None),
        ("an AWS id in every line", many(b"AKIA", alphabet[:26], 16, b"\n"), None),
        ("a Hugging Face token in every line", many(b"hf" + b"_", letters, 34, b"\n"), None),
        ("a URL password every 10 bytes", many(b"://:", letters, 4, b"@\n"), None),
    ]


def fill(path, unit, head, size):
    block = (unit * ((1 << 20) // len(unit) + 1))
    with open(path, "wb") as file:
        if head:
            file.write(head)
        while file.tell() < size:
            file.write(block[: size - file.tell()])


