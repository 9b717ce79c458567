"""Plots as SVG, written by hand: a line through the points of each series."""

import html
import math

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 360, 70, 210, 40, 50
COLOURS = ["#1b6ca8", "#c8553d", "#3a7d44", "#7b4b94", "#b8860b", "#555555", "#2a9d8f", "#d1495b"]


def _label(value):
    for size, sign in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{sign}"
    return f"{value:g}"


def _ticks(low, high, is_log):
    if is_log:
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        return [10.0**power for power in range(first, last + 1)]
    step = 10 ** math.floor(math.log10((high - low) or 1))
    if (high - low) / step < 4:
        step /= 2 if (high - low) / step >= 2 else 5
    return [step * number for number in range(math.floor(low / step), math.ceil(high / step) + 1)]


def svg(title, across, upward, series, log_x=False, log_y=False):
    """`series` maps a name to its points, (x, y). An axis that is not logarithmic begins at zero."""
    def nearest(values, is_log):
        return _ticks(min(values) if is_log else 0, max(values), is_log)

    x_ticks = nearest([x for points in series.values() for x, _ in points], log_x)
    y_ticks = nearest([y for points in series.values() for _, y in points], log_y)

    def place(value, ticks, is_log, begin, length):
        low, high, value = ([math.log10(v) for v in (ticks[0], ticks[-1], value)] if is_log else [ticks[0], ticks[-1], value])
        return round(begin + length * (value - low) / ((high - low) or 1), 1)

    def x_at(value):
        return place(value, x_ticks, log_x, LEFT, WIDTH - LEFT - RIGHT)

    def y_at(value):
        return place(value, y_ticks, log_y, HEIGHT - BOTTOM, TOP + BOTTOM - HEIGHT)

    def text(x, y, content, anchor="middle", extra=""):
        return f'<text x="{x}" y="{y}" text-anchor="{anchor}" {extra}>{html.escape(content)}</text>'

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        text(LEFT, 22, title, "start", 'font-size="15"'),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, across),
        text(16, (TOP + HEIGHT - BOTTOM) / 2, upward, extra=f'transform="rotate(-90 16 {(TOP + HEIGHT - BOTTOM) / 2})"'),
    ]
    for tick in x_ticks:
        parts.append(f'<path d="M{x_at(tick)} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee"/>' + text(x_at(tick), HEIGHT - BOTTOM + 16, _label(tick)))
    for tick in y_ticks:
        parts.append(f'<path d="M{LEFT} {y_at(tick)}H{WIDTH - RIGHT}" stroke="#ddd"/>' + text(LEFT - 6, y_at(tick) + 4, _label(tick), "end"))
    for number, (name, points) in enumerate(series.items()):
        colour, y = COLOURS[number % len(COLOURS)], TOP + 16 + 20 * number
        line = " ".join(f"{x_at(x)},{y_at(value)}" for x, value in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        if len(points) <= 40:
            parts += [f'<circle cx="{x_at(x)}" cy="{y_at(value)}" r="3" fill="{colour}"/>' for x, value in points]
        parts.append(f'<path d="M{WIDTH - RIGHT + 12} {y - 4}h16" stroke="{colour}" stroke-width="3"/>' + text(WIDTH - RIGHT + 34, y, name, "start"))
    return "\n".join([*parts, "</svg>"]) + "\n"
