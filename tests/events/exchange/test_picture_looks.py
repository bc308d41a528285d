"""Photographs that are nearly the same. What is the same to the eye is made here: smaller, saved again, lighter."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("PIL", reason="the extra `pictures` is not installed")

from PIL import Image, ImageDraw, ImageEnhance

from willay.events.exchange.picture_looks import are_alike, look_of


def photograph(seed: int, size: tuple[int, int] = (800, 600)) -> Image.Image:
    """A picture of some grey boxes, other ones for each seed."""
    made = Image.new("RGB", size, (120, 130, 110))
    pen = ImageDraw.Draw(made)
    for box in range(14):
        at = ((seed * 7919 + box * 104729) % size[0], (seed * 6271 + box * 15485863) % size[1])
        tone = (seed * 31 + box * 61) % 256
        pen.rectangle((*at, at[0] + 160, at[1] + 120), fill=(tone, (tone * 3) % 256, (tone * 7) % 256))
    return made


def saved(picture: Image.Image, kind: str = "JPEG", **options: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def look(content: bytes) -> int:
    found = look_of(content)
    assert found is not None
    return found


def test_a_photograph_saved_again_or_made_smaller_looks_the_same() -> None:
    first = photograph(3)
    others = [
        saved(first, quality=35), saved(first.resize((320, 240)), quality=60), saved(first, "PNG"),
        saved(ImageEnhance.Brightness(first).enhance(1.15), quality=80),
    ]  # fmt: skip
    for other in others:
        assert are_alike(look(saved(first, quality=95)), look(other))


def test_different_photographs_look_different() -> None:
    looks = [look(saved(photograph(seed))) for seed in range(12)]
    assert not any(are_alike(one, other) for place, one in enumerate(looks) for other in looks[place + 1 :])


def test_a_turn_that_the_camera_notes_is_undone() -> None:
    upright = photograph(5)
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter, as telephones note it
    turned = io.BytesIO()
    upright.transpose(Image.Transpose.ROTATE_90).save(turned, "JPEG", quality=90, exif=exif)
    assert are_alike(look(saved(upright, quality=90)), look(turned.getvalue()))


@pytest.mark.parametrize(
    "content", [b"", b"text", b"\xff\xd8\xff\xe0 a bridge", saved(Image.new("RGB", (300, 200), "white"))]
)
def test_what_is_no_picture_or_says_nothing_has_no_look(content: bytes) -> None:
    assert look_of(content) is None
