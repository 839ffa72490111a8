"""The hub: what a node offers to the nodes below it, over HTTP.

Import `serving` to run one; FastAPI and uvicorn are loaded only then.
"""
