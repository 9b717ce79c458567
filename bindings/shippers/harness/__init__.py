"""What the tests of all shippers share: lines with planted credentials, real daemons on loopback, and the laws their output must keep.

A test is a file beside a daemon's configuration. It makes a `Pool` (lines.py), starts a `Daemon` (daemon.py) in a folder of its own, sends
`Numbered` lines at load (senders.py), waits until the output has `settled`, takes a `Tally` of it (tally.py), and says promise by promise
what was kept (promises.py).
"""
