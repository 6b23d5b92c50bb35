"""A disk that loses power: of every step of a writing, each state in which a disk may lawfully be found afterwards.

What POSIX promises, and no more: a file's bytes are there once they were flushed, a name in a folder once the folder
was; before that each may be there or not, by itself, and a file's bytes wholly, by half or not at all.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING
from unittest.mock import patch

from scorecard.store import disk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MANY = 256
"""Up to so many ways in which names may be there are all tried; of more, the plain ones and each name by itself."""

Tree = dict[str, "bytes | Tree"]


@dataclass
class Node:
    """A file with its bytes, now and as last flushed; or a folder with each name's meanings since it was flushed."""

    is_folder: bool
    now: bytes = b""
    safe: bytes = b""
    names: dict[str, list[Node | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cut:
    """A disk after a power cut, what had been tried by then, and what was done."""

    tree: Tree
    tried: tuple[str, ...]
    done: tuple[str, ...]


class Recording(disk.System):
    """Does what is asked, and finds out by looking what changed, whoever changed it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._nodes: dict[int, Node] = {}
        self._top = Node(is_folder=True)
        self._tried, self._done = list[str](), list[str]()
        self.cuts: dict[str, Cut] = {}
        self.steps = 0

    def trying(self, *names: str) -> None:
        """From now on these may be there."""
        self._tried += names

    def done(self, *names: str) -> None:
        """From now on these must be there."""
        self._done += names
        self.look()

    def look(self) -> None:
        """See what has changed, and how the disk might be found if the power went now."""
        seen = set[int]()
        self._see(self._top, self._root, seen)
        self._nodes = {number: node for number, node in self._nodes.items() if number in seen}
        self.steps += 1
        for tree in _states(self._top):
            cut = Cut(tree, tuple(self._tried), tuple(self._done))
            self.cuts.setdefault(repr(cut), cut)

    def _see(self, node: Node, path: Path, seen: set[int]) -> None:
        if not node.is_folder:
            node.now = path.read_bytes()
            return
        with os.scandir(path) as entries:
            found = {entry.name: entry for entry in entries}
        for name in node.names.keys() - found.keys():
            _means(node, name, None)
        for name, entry in found.items():
            number = entry.inode()
            child = self._nodes.setdefault(number, Node(entry.is_dir()))
            seen.add(number)
            _means(node, name, child)
            self._see(child, path / name, seen)

    def _of(self, path: Path) -> Node:
        return self._top if path == self._root else self._nodes[path.stat().st_ino]

    def make(self, folder: Path) -> None:
        """Make it, and look."""
        super().make(folder)
        self.look()

    def create(self, path: Path, data: bytes) -> None:
        """Create it, and look."""
        super().create(path, data)
        self.look()

    def write(self, path: Path, data: bytes) -> None:
        """Write it, and look."""
        super().write(path, data)
        self.look()

    def append(self, path: Path, data: bytes) -> None:
        """Append it, and look."""
        super().append(path, data)
        self.look()

    def rename(self, path: Path, target: Path) -> None:
        """Rename it, and look before and after."""
        self.look()
        super().rename(path, target)
        self.look()

    def remove(self, path: Path) -> None:
        """Remove it, and look before and after."""
        self.look()
        super().remove(path)
        self.look()

    def flush(self, path: Path) -> None:
        """From now on its bytes are safe."""
        self.look()
        node = self._of(path)
        node.safe = node.now
        self.look()

    def flush_folder(self, folder: Path) -> None:
        """From now on the names in it are safe."""
        self.look()
        if self._root == folder or self._root in folder.parents:
            node = self._of(folder)
            node.names = {name: meant[-1:] for name, meant in node.names.items() if meant[-1] is not None}
        self.look()


def _means(folder: Node, name: str, child: Node | None) -> None:
    """What a name stands for from now on; of all since it was flushed, the first and the last two matter."""
    meant = folder.names.setdefault(name, [None])
    if meant[-1] is not child:
        before = [one for one in meant if one is not child]
        folder.names[name] = [*before[:1], *before[1:][-1:], child]


def _states(top: Node) -> Iterator[Tree]:
    names = list(_undecided_names(top))
    files = list({id(node): node for node in _files(top)}.values())
    for chosen in _choices([meant for _, _, meant in names]):
        pick = {(id(folder), name): child for (folder, name, _), child in zip(names, chosen, strict=True)}
        for data in _choices([_might_hold(node) for node in files]):
            yield _tree(top, pick, {id(node): held for node, held in zip(files, data, strict=True)})


def _undecided_names(folder: Node) -> Iterator[tuple[Node, str, list[Node | None]]]:
    for name, meant in folder.names.items():
        if len(meant) > 1:
            yield folder, name, meant
    for child in {id(one): one for meant in folder.names.values() for one in meant if one}.values():
        yield from _undecided_names(child)


def _files(folder: Node) -> Iterator[Node]:
    for child in (one for meant in folder.names.values() for one in meant if one):
        if child.is_folder:
            yield from _files(child)
        elif child.now != child.safe:
            yield child


def _might_hold(node: Node) -> list[bytes]:
    """Nothing of what was not flushed, half of it, all of it."""
    begun = len(node.safe) if node.now.startswith(node.safe) else 0
    return [node.safe, node.now[: begun + (len(node.now) - begun + 1) // 2], node.now]


def _choices(options: Sequence[Sequence[object]]) -> Iterator[tuple[object, ...]]:
    ways = 1
    for each in options:
        ways *= len(each)
    if ways <= MANY:
        yield from product(*options)
        return
    for end in (0, -1):
        plain = tuple(each[end] for each in options)
        yield plain
        for place, each in enumerate(options):
            for other in each:
                yield (*plain[:place], other, *plain[place + 1 :])


def _tree(folder: Node, pick: Mapping[tuple[int, str], object], data: Mapping[int, object]) -> Tree:
    made: Tree = {}
    for name, meant in folder.names.items():
        child = pick.get((id(folder), name), meant[-1]) if len(meant) > 1 else meant[-1]
        if isinstance(child, Node):
            held = data.get(id(child), child.now)
            made[name] = _tree(child, pick, data) if child.is_folder else held  # type: ignore[assignment]
    return made


def lay_out(tree: Tree, folder: Path) -> None:
    """Make a disk as it was found."""
    folder.mkdir()
    for name, held in tree.items():
        if isinstance(held, bytes):
            (folder / name).write_bytes(held)
        else:
            lay_out(held, folder / name)


@contextmanager
def recorded(root: Path) -> Iterator[Recording]:
    """Write on a disk that may lose power at any step."""
    recording = Recording(root)
    recording.look()
    with patch.object(disk, "system", recording):
        yield recording
    recording.look()
