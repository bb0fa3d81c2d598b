"""The signs by which a sentence is judged: everything that a fitted weight can name, as short readable strings."""

from __future__ import annotations

from coach.reading.document import Document, Sentence

SHORT, LONG = 6, 30


def signs_of(sentence: Sentence, before: Sentence | None) -> frozenset[str]:
    """The signs of one sentence: words, neighbouring words, ideas, amounts, shape, and the heading it stands under."""
    signs: set[str] = set()
    previous = ""
    amounts = 0
    live = sentence.live
    for item in live:
        if item.unit is not None:
            word = f"<{item.unit}>"
            signs.add(f"amount:{item.unit}")
            if item.limit:
                signs.add("amount:limit")
            amounts += 1
        else:
            word = item.stem
            signs.add(f"word:{word}")
        if previous:
            signs.add(f"pair:{previous} {word}")
        previous = word
    ideas = sentence.said if sentence.undone else sentence.ideas
    signs.update(f"idea:{idea}" for idea in ideas if "/" not in idea)  # phrase rules are signs of their own
    if not sentence.undone:
        signs.update(f"stance:{stance}" for stance in sentence.stances)
    if before is not None and before.block == "heading":
        signs.update(f"under:{item.stem}" for item in before.items if item.unit is None)
    if amounts >= 2:
        signs.add("amount:several")
    if amounts >= 4:
        signs.add("amount:many")
    if sentence.index == 0:
        signs.add("shape:first")
    if sentence.opens:
        signs.add("shape:opens")
    if sentence.block != "paragraph":
        signs.add(f"shape:{sentence.block}")
    if len(live) < SHORT:
        signs.add("shape:short")
    elif len(live) > LONG:
        signs.add("shape:long")
    if sentence.product_words:
        signs.add("shape:product")
    if sentence.product_words >= 3:
        signs.add("shape:product-often")
    return frozenset(signs)


def document_signs(document: Document) -> list[frozenset[str]]:
    """The signs of every sentence, of those too that earn nothing: what they cost is told by what they speak of."""
    result: list[frozenset[str]] = []
    before: Sentence | None = None
    for sentence in document.sentences:
        result.append(signs_of(sentence, before))
        before = sentence
    return result
