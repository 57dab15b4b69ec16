"""The network: bytes are fetched here, and read by the formats."""
