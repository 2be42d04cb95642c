"""Central authorities of criminal records over HTTP, with messages in XML."""
