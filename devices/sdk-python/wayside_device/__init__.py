"""What a maker installs so that a machine can be understood and helped. See README.md."""

from .commands import Context
from .device import Device
from .store import FileStore
from .words import Invalid

__all__ = ["Context", "Device", "FileStore", "Invalid"]
