"""Make the world map that pages draw: project, simplify and round the outlines of Natural Earth, once, by hand.

    python deploy/world_map.py                    fetch the outlines by package name, then write the file
    python deploy/world_map.py --packages FOLDER  take them from packages that were installed before

Natural Earth is in the public domain; the package `world-atlas` brings it as TopoJSON (ISC). The projection is the one
that bears the same name (Šavrič, Jenny, Patterson, Petrovič and Hurni: "A Polynomial Equation for the Natural Earth
Projection", 2011): it leaves Europe large enough to press and the tropics in their shape. Borders are shared lines in
TopoJSON, so both neighbours keep the same line when it is simplified (Visvalingam and Whyatt, 1993: least triangle first).

It needs npm, and asks npm's own configuration where packages come from: no address is written here or into what it makes.
"""

import argparse
import hashlib
import heapq
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from itertools import combinations, pairwise
from math import hypot, radians
from pathlib import Path
from typing import Any

from babel.core import get_global

from caseflow.law import load_register

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "caseflow" / "web" / "world.json"
OUTLINES = ROOT / "caseflow" / "static" / "world.svg"
"""The outlines, which browsers fetch once and keep."""
LICENCE = ROOT / "deploy" / "licences" / "world-atlas.txt"
PACKAGE, VERSION = "world-atlas", "2.0.2"

WIDTH = 1000
"""Units of the drawing from its left to its right edge. All numbers are whole, so this is how fine the map can be."""
CENTRE = 11.0
"""Degrees of longitude in the middle: Russia is in one piece then, and the edges fall into the sea."""
MARGIN, ALASKA = 2.5, -160.0
"""Degrees: islands of Alaska may stand over the left edge by this much; no land of Russia reaches further than this."""
SOUTH, NORTH = -56.5, 83.8
"""Degrees of latitude where the drawing ends; Antarctica is no State."""
LEAST_TRIANGLE = 5.0
"""Square units. A corner that spans less is left out of a line."""
LEAST_ISLAND = 5.0
"""Square units. A smaller island is left out, unless it is the largest piece of its State."""
SMALL = 15.0
"""Square units. A State with less land is drawn as a circle, or nobody would find it."""
RADIUS = 4
"""Units of a circle."""
LEAST_STEPS = 2
"""Of a ring: with fewer it encloses nothing."""
ROUNDS = 200
"""In which circles push each other apart; they rest long before."""
NO_STATE = {"010"}
"""ISO 3166 numbers of what is not drawn: Antarctica."""
CLAIMED = {"643": ((32.0, 44.0), (37.0, 46.5))}
"""Pieces that the outlines give to one State and another claims, as corners in degrees: Crimea (A/RES/68/262). Drawn as disputed."""

Point = tuple[float, float]


def natural_earth(longitude: float, latitude: float) -> Point:
    """Project degrees to the plane of a sphere of radius one; y grows to the north."""
    lam, phi = radians(longitude - CENTRE), radians(latitude)
    p2, p4 = phi**2, phi**4
    x = lam * (0.8707 - 0.131979 * p2 - 0.013791 * p4 + p4 * p4 * (0.003971 * p2 - 0.001529 * p4))
    return x, phi * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))


EDGE = natural_earth(CENTRE + 180, 0)[0]
SCALE = WIDTH / (2 * EDGE)
TOP, BOTTOM = natural_earth(CENTRE, NORTH)[1], natural_earth(CENTRE, SOUTH)[1]
HEIGHT = round((TOP - BOTTOM) * SCALE)


def placed(longitude: float, latitude: float) -> Point:
    """Return where degrees stand in the drawing, from its upper left corner."""
    x, y = natural_earth(longitude, latitude)
    return (x + EDGE) * SCALE, (TOP - y) * SCALE


def area(ring: list[Point]) -> float:
    """Return the area that a ring encloses."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*ring, ring[0]]))) / 2


def middle(ring: list[Point]) -> Point:
    """Return the middle of a ring's box."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def simplified(line: list[Point]) -> list[Point]:
    """Drop corners, the least triangle first, until each left spans enough; the ends stay. Points are in the drawing."""
    before = list(range(-1, len(line) - 1))
    after = list(range(1, len(line) + 1))

    def triangle(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = line[before[i]], line[i], line[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    size = {i: triangle(i) for i in range(1, len(line) - 1)}
    queue = [(s, i) for i, s in size.items()]
    heapq.heapify(queue)
    closed = line[0] == line[-1]
    while queue and len(size) > (3 if closed else 0):
        least, i = heapq.heappop(queue)
        if size.get(i) != least:
            continue
        if least >= LEAST_TRIANGLE:
            break
        del size[i]
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if j in size:
                size[j] = max(triangle(j), least)
                heapq.heappush(queue, (size[j], j))
    return [line[i] for i in (0, *sorted(size), len(line) - 1)]


class Outlines:
    """The outlines of one TopoJSON file, in degrees."""

    def __init__(self, file: Path) -> None:
        self.topology: dict[str, Any] = json.loads(file.read_text())
        (sx, sy), (ox, oy) = self.topology["transform"]["scale"], self.topology["transform"]["translate"]
        self.arcs: list[list[Point]] = []
        for steps in self.topology["arcs"]:
            x = y = 0
            arc = []
            for dx, dy in steps:
                x, y = x + dx, y + dy
                arc.append((x * sx + ox, y * sy + oy))
            self.arcs.append(arc)
        self.drawn = {index: self._drawn(arc) for index, arc in enumerate(self.arcs)}

    @staticmethod
    def _drawn(arc: list[Point]) -> list[Point]:
        """Return an arc in the drawing. What lies beyond 180° but belongs to the east (Chukotka) stands in the east."""
        longitudes = [x for x, _ in arc]
        crosses = max(longitudes) > 0 and min(longitudes) < ALASKA
        east = crosses or sum(longitudes) / len(arc) < CENTRE - 180 - MARGIN
        return simplified([placed(x + 360 if east and x < ALASKA else x, max(y, SOUTH)) for x, y in arc])

    def countries(self) -> Iterable[tuple[str, list[list[int]]]]:
        """Yield each country's number (empty for the disputed) and its outer rings, as numbers of arcs."""
        for country in self.topology["objects"]["countries"]["geometries"]:
            polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
            yield country.get("id", ""), [ring for polygon in polygons for ring in polygon]

    def ring(self, arcs: list[int], lines: Any) -> list[Point]:
        """Join arcs to a ring without its last point, which is the first; a negative number is an arc read backwards."""
        joined: list[Point] = []
        for number in arcs:
            line = lines[number] if number >= 0 else lines[~number][::-1]
            joined += line[:-1]
        return joined


def path(rings: Iterable[list[Point]]) -> str:
    """Return rings as the shortest SVG path: whole numbers, steps instead of places."""
    parts = []
    for ring in rings:
        points = [(round(x), round(y)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
        numbers = [number for step in steps if step != (0, 0) for number in step]
        if len(numbers) < 2 * LEAST_STEPS:
            continue
        text = "".join(f"{n}" if n < 0 or i == 0 else f" {n}" for i, n in enumerate(numbers))
        parts.append(f"M{points[0][0]} {points[0][1]}l{text}z")
    return "".join(parts)


def apart(circles: dict[str, Point]) -> dict[str, list[int]]:
    """Push circles that cover each other apart, so that each can be pressed."""
    least = 2 * RADIUS + 1
    moved = {code: list(point) for code, point in sorted(circles.items())}
    for _ in range(ROUNDS):
        for one, other in combinations(moved, 2):
            (ax, ay), (bx, by) = moved[one], moved[other]
            distance = hypot(bx - ax, by - ay)
            if distance < least:
                push = (least - distance) / 2 / (distance or 1)
                moved[one] = [ax - (bx - ax) * push, ay - (by - ay) * push]
                moved[other] = [bx + (bx - ax) * push, by + (by - ay) * push]
    return {code: [round(x), round(y)] for code, (x, y) in moved.items()}


def drawing(folder: Path) -> dict[str, Any]:
    """Return the map: a path or a circle for every State of the register, and one path of all other land."""
    outlines, fine = Outlines(folder / "countries-50m.json"), Outlines(folder / "countries-10m.json")
    codes = {number: found[0] for number, found in get_global("territory_aliases").items() if number.isdigit()}
    states = set(load_register().states)
    shapes: dict[str, str] = {}
    circles: dict[str, Point] = {}
    pieces: dict[str, list[list[Point]]] = {}
    for number, numbered in outlines.countries():
        code = codes.get(number, "")
        for arcs in numbered if number not in NO_STATE else ():
            ring, (x, y) = outlines.ring(arcs, outlines.drawn), middle(outlines.ring(arcs, outlines.arcs))
            (west, south), (east, north) = CLAIMED.get(number, ((0.0, 0.0), (0.0, 0.0)))
            claimed = west < x < east and south < y < north
            pieces.setdefault(code if code in states and not claimed else "", []).append(ring)
    other = [ring for ring in pieces.pop("") if area(ring) >= LEAST_ISLAND]
    for code, rings in pieces.items():
        rings.sort(key=area, reverse=True)
        if sum(map(area, rings)) < SMALL:
            circles[code] = middle(rings[0])
        else:
            shapes[code] = path([rings[0], *(ring for ring in rings[1:] if area(ring) >= LEAST_ISLAND)])
    for number, numbered in fine.countries():
        if (code := codes.get(number, "")) in states - set(shapes) - set(circles):
            circles[code] = middle(max((fine.ring(arcs, fine.drawn) for arcs in numbered), key=area))
    missing = states - set(shapes) - set(circles)
    if missing:
        sys.exit(f"not on the map: {sorted(missing)}")
    return {"shapes": dict(sorted(shapes.items())), "circles": apart(circles), "other": path(other)}


def outlines_file(shapes: dict[str, str]) -> str:
    """Return outlines as a file of which a page uses each by its name."""
    paths = "\n".join(f'<path id="{code}" d="{outline}"/>' for code, outline in shapes.items())
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{paths}\n</svg>\n'


def build(folder: Path) -> None:
    """Write the map and the licence of what it was made from."""
    found = json.loads((folder / "package.json").read_text())["version"]
    if found != VERSION:
        sys.exit(f"{PACKAGE}: version {VERSION} is pinned, {found} is installed")
    made = drawing(folder)
    svg = outlines_file(made["shapes"] | {"other": made["other"]})
    places = {"outlines": list(made["shapes"]), "circles": made["circles"]}
    digest = hashlib.sha256((json.dumps(places, sort_keys=True) + svg).encode()).hexdigest()
    about = {
        "source": "Natural Earth (public domain), countries 1:50m, as TopoJSON",
        "package": PACKAGE,
        "version": VERSION,
        "licence": "ISC",
        "licence_file": LICENCE.relative_to(ROOT).as_posix(),
        "projection": f"Natural Earth, {CENTRE:g} degrees east in the middle",
        "sha256": digest,
    }
    MAP.write_text(json.dumps({"about": about, "size": [WIDTH, HEIGHT], "radius": RADIUS, **places}, indent=1) + "\n")
    OUTLINES.write_text(svg)
    shutil.copy(folder / "LICENSE", LICENCE)
    drawn = sum(map(len, made["shapes"].values())) + len(made["other"])
    print(f"{len(made['shapes'])} shapes, {len(made['circles'])} circles, {drawn:,} characters of paths")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Make the world map from Natural Earth.")
    parser.add_argument("--packages", type=Path, help="folder with node_modules from an earlier npm install")
    given = parser.parse_args().packages
    with tempfile.TemporaryDirectory() as scratch:
        packages = given or Path(scratch)
        if given is None:
            options = ["--prefix", scratch, "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"]
            subprocess.run(["npm", "install", *options, f"{PACKAGE}@{VERSION}"], check=True)
        build(packages / "node_modules" / PACKAGE)


if __name__ == "__main__":
    main()
