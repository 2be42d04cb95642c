"""Records a room without decoding anything: packets leave the media process by its socket, its sidecar keeps them.

The media process writes no file and holds no key. The sidecar puts packets together again (`arriving`), cuts them into
segments at key frames (`track`), writes each second of them encrypted to disk until their segment is in the store
(`spool`), and chains the segments and the gaps between them (`chain`).
"""
