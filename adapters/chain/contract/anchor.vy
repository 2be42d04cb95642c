# pragma version ==0.4.3
# pragma evm-version paris
"""
@title Anchor
@license EUPL-1.2
@notice Records the Merkle roots under which evidence bundles were gathered, each once and for ever.
        A root proves that bytes existed and have not changed since. It identifies nobody and signs nothing.
"""

event Anchored:
    root: indexed(bytes32)
    size: uint256
    batch: uint256


owner: public(immutable(address))
batches: public(uint256)
batch_of: public(HashMap[bytes32, uint256])  # number of the batch that recorded the root; 0: none did


@deploy
def __init__():
    owner = msg.sender


@external
def anchor(root: bytes32, size: uint256):
    """
    @notice Record `root`, over `size` leaves, as the next batch.
    """
    assert msg.sender == owner, "not the owner"
    assert root != empty(bytes32), "no root"
    assert self.batch_of[root] == 0, "anchored before"
    self.batches += 1
    self.batch_of[root] = self.batches
    log Anchored(root=root, size=size, batch=self.batches)
