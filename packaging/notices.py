"""Writes the copyrights and licences of all that is linked: notices.py BUILD COMMAND TO"""

import pathlib
import sys

from components import COMMON_LICENCES, components

HEAD = """\
Weir is under the Apache License 2.0 (LICENSE). The command and libweir hold parts of others, linked from archives; this file has the copyright and
the licence of each, as they come with it. Texts of licences that are only named there stand at the end.

The GNU Lesser General Public License lets whoever has the command replace Nettle in it: the sources of Weir, which `make build` links
against the Nettle of the system, do that.
"""
RULE = "=" * 100


def section(title, text):
    return f"{RULE}\n{title}\n{RULE}\n\n{text.strip()}\n"


def main():
    build, command, to = map(pathlib.Path, sys.argv[1:])
    parts = [HEAD]
    found = components(build, command)
    parts.append(
        "".join(
            f"{one.name} {one.version}: {one.licence}"
            f"{'' if one.is_in_library else ' (in the command alone)'}\n"
            for one in found
        )
    )
    written = {}
    for one in found:
        # Several parts of one toolchain, or packages of one source, have the same words.
        same = written.setdefault(one.notice, one.name)
        parts.append(section(f"{one.name} {one.version}", one.notice if same == one.name else f"As of {same}."))
    for name in ("LGPL-3", "GPL-3", "GPL-2"):
        parts.append(section(name, (COMMON_LICENCES / name).read_text()))
    to.write_text("\n".join(parts))


main()
