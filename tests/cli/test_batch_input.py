"""Lines of a batch: cut without trust in their length, read without trust in their content."""

from __future__ import annotations

import contextlib
import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.cli.batch.lines import raw_lines
from coach.cli.batch.request import LineError, Request, read_request
from coach.errors import UsageError


def cut(content: bytes, limit: int = 100) -> list[tuple[int, bytes | None]]:
    return [(line.number, line.content) for line in raw_lines(io.BytesIO(content), "in", limit)]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"a\nb", [(1, b"a"), (2, b"b")]),
        (b"a\r\nb\r\n", [(1, b"a"), (2, b"b")]),
        (b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n", [(1, b"a"), (2, b"\xef\xbb\xbfb")]),
        # A blank line counts, but for one at the very end.
        (b"a\n\nb\n", [(1, b"a"), (2, b""), (3, b"b")]),
        (b"a\n\n", [(1, b"a")]),
        (b"a\n \t\r\n", [(1, b"a")]),
        (b"a\n\n\n", [(1, b"a"), (2, b"")]),
        (b"\n", []),
        # Only a line feed ends a line.
        (b"a\x0bb\xe2\x80\xa8c\rd\n", [(1, b"a\x0bb\xe2\x80\xa8c\rd")]),
    ],
)
def test_lines_are_counted_and_cut_at_line_feeds(content: bytes, lines: list[tuple[int, bytes]]) -> None:
    assert cut(content) == lines


@pytest.mark.parametrize("length", [101, 102, 200, 201, 250, 1000])
@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_beyond_the_limit_is_one_line_without_content(length: int, end: bytes) -> None:
    first = b"a" * 100 + b"\n"
    assert cut(first + b"x" * length + end) == [(1, b"a" * 100), (2, None)]
    if end:
        assert cut(first + b"x" * length + end + b"b\n")[2:] == [(3, b"b")]


@given(st.lists(st.binary(min_size=1, max_size=30).map(lambda line: b">" + line.replace(b"\n", b"") + b"<")))
def test_every_line_is_given_once_and_in_order(lines: list[bytes]) -> None:
    numbered = list(enumerate(lines, start=1))
    assert cut(b"\n".join(lines)) == numbered
    assert cut(b"".join(line + b"\r\n" for line in lines)) == numbered


class Endless(io.RawIOBase):
    """So many bytes of one line, made as they are read."""

    def __init__(self, size: int) -> None:
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = min(self._left, len(buffer))
        buffer[:count] = b"x" * count
        self._left -= count
        return count


def test_a_line_that_is_absurdly_long_is_never_held() -> None:
    limit = 64 * 1024
    tracemalloc.start()
    found = list(raw_lines(io.BufferedReader(Endless(64 * 1024 * 1024)), "in", limit))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [(line.number, line.content) for line in found] == [(1, None)]
    assert peak < 8 * limit


def test_a_stream_that_breaks_is_named() -> None:
    class Broken(io.BytesIO):
        def readline(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(UsageError, match=r"cannot read answers\.jsonl: input/output error"):
        list(raw_lines(Broken(), "answers.jsonl"))


def test_a_request_is_read_with_what_it_may_hold_beside() -> None:
    line = {"id": "a", "answer": "x", "case": None, "prompt": "p", "labels": {"north_star": 2}, "topic": "t"}
    assert read_request(json.dumps(line).encode()) == Request("a", "x", None, "p", None)
    line = {"id": "", "answer": "", "case": "c", "rubric": "r"}
    assert read_request(json.dumps(line).encode()) == Request("", "", "c", None, "r")


def test_half_a_pair_of_surrogates_is_replaced_one_for_one() -> None:
    found = read_request(b'{"id": "i\\ud800", "answer": "a\\ud800b\\ud83d\\ude00c", "prompt": "p\\udfff"}')
    assert found == Request("i\ud800", "a\ufffdb😀c", None, "p\ufffd", None)


@pytest.mark.parametrize(
    ("line", "id_", "said"),
    [
        ("", None, "the line is blank"),
        ("nonsense", None, "not JSON: expecting value at column 1"),
        ('{"id": "a", "answer": "x"', None, "not JSON: expecting ',' delimiter at column 26"),
        ('{"id": "a"} {"id": "b"}', None, "not JSON: extra data at column 13"),
        ("[1]", None, "must be a JSON object, not a list"),
        ("null", None, "must be a JSON object, not null"),
        ('{"id": "a", "prompt": "p"}', "a", 'lacks the key "answer"'),
        ('{"answer": "x", "prompt": "p"}', None, 'lacks the key "id"'),
        ('{"id": 7, "answer": "x", "prompt": "p"}', None, '"id" must be text, not a number'),
        ('{"id": "a", "answer": null, "prompt": "p"}', "a", '"answer" must be text, not null'),
        ('{"id": "a", "answer": ["x"], "prompt": "p"}', "a", '"answer" must be text, not a list'),
        ('{"id": "a", "answer": "x", "case": true}', "a", '"case" must be text, not true or false'),
        ('{"id": "a", "answer": "x", "prompt": "p", "rubric": {}}', "a", '"rubric" must be text, not an object'),
        ('{"id": "a", "answer": "x"}', "a", 'gives neither "case" nor "prompt"; add one'),
        ('{"id": "a", "answer": "x", "case": "c", "prompt": ""}', "a", 'gives both "case" and "prompt"; leave one out'),
        ('{"id": "a", "answer": "x", "answer": "y", "prompt": "p"}', "a", 'has the key "answer" more than once'),
        ('{"id": "a", "id": "b", "answer": "y", "prompt": "p"}', None, 'has the key "id" more than once'),
        ('{"id": "a", "answer": "x", "prompt": "p", "n": NaN}', None, "not JSON: NaN is no number"),
        ('{"id": ' + "[" * 100_000, None, "not usable: lists or objects within one another too deeply"),
        ('{"id": ' + "1" * 5_000 + "}", None, "not usable: a number in it has too many digits"),
    ],
)
def test_a_line_that_cannot_be_scored_says_why(line: str, id_: str | None, said: str) -> None:
    with pytest.raises(LineError) as caught:
        read_request(line.encode())
    assert (caught.value.id, str(caught.value)) == (id_, said)


def test_a_line_that_is_not_utf_8_or_too_long_says_why() -> None:
    with pytest.raises(LineError, match="not UTF-8: byte 0xff at offset 8 of the line"):
        read_request(b'{"id": "\xff"}')
    with pytest.raises(LineError, match="the line has more than 8,388,608 bytes; shorten it"):
        read_request(None)


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_make_a_request_or_an_error_of_the_line(content: bytes) -> None:
    with contextlib.suppress(LineError):
        assert isinstance(read_request(content), Request)
