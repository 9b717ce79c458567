"""Inputs that a report must not break on: names, texts and authors, each with a token at a known place."""

import itertools
import os
import re
import subprocess

NAMES = [
    b"plain.env",
    b"=cmd|'calc'!A1.env",
    b"+1.env",
    b"-1.env",
    b"@SUM(1).env",
    b"a\"b<c>&d,e;f'g.env",
    b"new\nline.env",
    b"carriage\r.env",
    b"tab\t.env",
    b"esc\x1b[31m.env",
    b"bell\x07\x01\x7f.env",
    b"not\xff\xfeutf8\xc3.env",
    b"surrogate\xed\xa0\x80.env",
    b"nothing\xef\xbf\xbf\xef\xbf\xbe.env",
    "separator\u2028\u2029.env".encode(),
    "right\u202eleft.env".encode(),
    "ünï\U0001f511 %20?#[x].env".encode(),
    b"<!--]]>&lt;.env",
    b"two  blanks\\u0041\\.env",
    b"c:\\x.env",
    b"deep/er/..env",
    b"long-" + b"x" * 240 + b".env",
]
LINES = [
    b"key = %s",
    b"\x00\x01\xff\xfe key=%s \x1b[0m",
    b"=HYPERLINK(\"x\"),%s,\"",
    b"<![CDATA[ %s ]]> & \xed\xa0\x80",
]


class Tokens:
    """A few, synthetic, made now; one after the other, and over again."""

    def __init__(self, sample, rules, count=8):
        self.all = []
        for seed in range(count):
            words = [sample, "--seed", str(seed), "--lines", "1", "--rule", "github.personal-token", rules]
            said = subprocess.run(words, check=True, capture_output=True).stdout
            self.all += re.findall(rb"ghp_[0-9A-Za-z]{36}", said)
        assert len(set(self.all)) == count, "the sample has no tokens"
        self.source = itertools.cycle(self.all)

    def next(self):
        return next(self.source)


def tree(folder, tokens):
    """Each name with a file of each line, the token in line 2."""
    folder = os.fsencode(folder)
    for number, name in enumerate(NAMES):
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(b"first\n" + LINES[number % len(LINES)] % tokens.next() + b"\n")
    # The name of a file holds a secret, and is shown with its mask.
    with open(os.path.join(folder, b"of-" + tokens.next() + b".env"), "wb") as file:
        file.write(b"first\n" + tokens.next() + b"\n")
    return len(NAMES) + 1


def history(folder, tokens):
    """A commit for each name, by an author with a hostile one."""
    git = ["git", "-C", folder, "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false"]
    # What git leaves out of a name it need not be given: control bytes, and angle brackets.
    authors = ["=1+1", "\"quoted\", 'O''Neil' & sons", "\u202eright-to-left", "plain"]
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    for number, name in enumerate(NAMES):
        author = authors[number % len(authors)]
        environment = {
            **os.environ, "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": "ada@example.test",
            "GIT_COMMITTER_NAME": author, "GIT_COMMITTER_EMAIL": "ada@example.test",
        }
        path = os.path.join(os.fsencode(folder), name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(b"first\n" + LINES[number % len(LINES)] % tokens.next() + b"\n%d\n" % number)
        subprocess.run([*git, "add", "--all"], check=True)
        subprocess.run([*git, "commit", "--quiet", "-m", "Add it"], check=True, env=environment)
    return len(NAMES)
