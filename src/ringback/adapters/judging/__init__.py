"""Reads and judges a list chunk by chunk, a long one in a process of its own."""

from ringback.adapters.judging.beside import judged_beside, worth_a_process
from ringback.adapters.judging.chunks import Chunk, Task, judged

__all__ = ["Chunk", "Task", "judged", "judged_beside", "worth_a_process"]
