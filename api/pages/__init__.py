"""The pages, server-rendered; each module exposes `router`."""
