"""From text to a document: sections, sentences, tokens, numbers, mentions, and what is denied or put off."""
