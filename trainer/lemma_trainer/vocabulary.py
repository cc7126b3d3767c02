"""Token ids to text for reports: reads tokenizer.json (byte-level BPE). Encoding belongs to the engine, not here."""

import json
import os


class Vocabulary:
    def __init__(self, folder):
        with open(os.path.join(folder, "tokenizer.json"), encoding="utf-8") as file:
            raw = json.load(file)
        to_byte = {character: byte for byte, character in _byte_characters().items()}
        self._bytes = {}
        for piece, number in raw["model"]["vocab"].items():
            self._bytes[number] = b"".join(bytes([to_byte[c]]) if c in to_byte else c.encode() for c in piece)
        for added in raw.get("added_tokens", []):
            self._bytes[added["id"]] = added["content"].encode()

    def text(self, tokens):
        """Lossy: invalid UTF-8 becomes replacement characters, unknown ids <id>."""
        return b"".join(self._bytes.get(t, f"<{t}>".encode()) for t in tokens).decode("utf-8", "replace")


def _byte_characters():
    """GPT-2's table: printable bytes stand for themselves, the others for characters from U+0100 on."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    table = {byte: chr(byte) for byte in printable}
    for byte in range(256):
        if byte not in table:
            table[byte] = chr(0x100 + len(table) - len(printable))
    return table
