"""Texts that users write: Liquid over flat values, Markdown, and the frame of a mail."""

from ringback.adapters.texts.composing import Composed, MailFrame, compose
from ringback.adapters.texts.liquid import LONGEST_TEXT, Filled, TextTrouble, fill_text, names_in

__all__ = ["LONGEST_TEXT", "Composed", "Filled", "MailFrame", "TextTrouble", "compose", "fill_text", "names_in"]
