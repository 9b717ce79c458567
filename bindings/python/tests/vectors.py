"""Reads what `make vectors` writes; corpora/vectors says how it lies there."""

import struct


def read_vectors(path):
    data = open(path, "rb").read()
    place = 0

    def number(form):
        nonlocal place
        (value,) = struct.unpack_from("<" + form, data, place)
        place += struct.calcsize(form)
        return value

    def counted():
        nonlocal place
        count = number("I")
        place += count
        return data[place - count : place]

    while place < len(data):
        text, masked = counted(), counted()
        yield text, masked, [(number("Q"), number("Q"), counted().decode()) for _ in range(number("I"))]
