"""Synthetic credentials of eleven kinds, in seven dresses, made while the benchmark runs. They open nothing.

The kinds are those that most scanners know, in the form their providers publish; none is taken from a rule of anybody.
"""

import base64
import string
import zlib

LETTERS = string.ascii_letters
DIGITS = string.digits
BASE62 = DIGITS + string.ascii_uppercase + string.ascii_lowercase
BASE64URL = LETTERS + DIGITS + "-_"


def _pick(dice, members, count):
    return "".join(dice.choices(members, k=count))


def _with_checksum(dice, head):
    """`head`, 30 letters and digits, and their CRC-32 in base 62: GitHub's and npm's form."""
    body = _pick(dice, BASE62, 30)
    number, checksum = zlib.crc32(body.encode()), ""
    while len(checksum) < 6:
        number, digit = divmod(number, 62)
        checksum = BASE62[digit] + checksum
    return head + body + checksum


def _key_block(dice):
    """A PKCS #8 frame of random numbers: DER by its lengths, no key by its content."""
    def part(tag, content):
        return bytes([tag]) + b"\x82" + len(content).to_bytes(2, "big") + content

    def number(count):
        return part(2, bytes([dice.randint(1, 127)]) + dice.randbytes(count - 1))

    inner = part(0x30, b"\x02\x01\x00" + number(257) + b"\x02\x03\x01\x00\x01" + b"".join(number(n) for n in (256, 129, 129, 129, 129, 129)))
    algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
    text = base64.b64encode(part(0x30, b"\x02\x01\x00" + algorithm + part(4, inner))).decode()
    label = "PRIVATE " + "KEY-----"
    return "\n".join([f"-----BEGIN {label}", *(text[i : i + 64] for i in range(0, len(text), 64)), f"-----END {label}"])


KINDS = {
    "AWS key id": lambda dice: "AK" + "IA" + _pick(dice, string.ascii_uppercase + "234567", 16),
    "GitHub token": lambda dice: _with_checksum(dice, "ghp" + "_"),
    "Anthropic key": lambda dice: "sk-" + "ant-api03-" + _pick(dice, BASE64URL, 93) + "AA",
    "Stripe live key": lambda dice: "sk_" + "live_" + _pick(dice, BASE62, 24),
    "Slack bot token": lambda dice: "xo" + f"xb-{_pick(dice, '123456789', 12)}-{_pick(dice, '123456789', 12)}-{_pick(dice, BASE62, 24)}",
    "GitLab token": lambda dice: "gl" + "pat-" + _pick(dice, BASE64URL, 20),
    "Google API key": lambda dice: "AI" + "za" + _pick(dice, BASE64URL, 35),
    "npm token": lambda dice: _with_checksum(dice, "npm" + "_"),
    "Hugging Face token": lambda dice: "h" + "f_" + _pick(dice, LETTERS, 34),
    "SendGrid key": lambda dice: "S" + f"G.{_pick(dice, BASE64URL, 22)}.{_pick(dice, BASE64URL, 43)}",
    "private key": _key_block,
}

# What stands before and behind the credential; the names are plain ones.
DRESSES = {
    "name=": ("2026-11-21 12:00:07 worker[311]: token=", " attempt=1"),
    "JSON": ('{"level":"info","token":"', '","attempt":1}'),
    "header": ("> Authorization: Bearer ", ""),
    "URL query": ('10.0.0.7 - - "GET /v1/items?token=', '&next=2 HTTP/1.1" 200 512'),
    "quotes": ("config loaded: token '", "' accepted"),
    "shell": ("export TOKEN=", ""),
    "bare": ("received ", " from upstream"),
}


def line(kind, dress, dice):
    """One line of text with a credential: the bytes, and the range of the credential in them.

    A key block stands as lines of its own behind `bare`, and elsewhere on one line with escaped line ends.
    """
    secret = KINDS[kind](dice)
    before, behind = DRESSES[dress]
    if kind == "private key":
        if dress == "bare":
            before, behind = before + "\n", "\n" + behind
        else:
            secret = secret.replace("\n", "\\n")
    return (before + secret + behind + "\n").encode(), (len(before), len(before) + len(secret))
