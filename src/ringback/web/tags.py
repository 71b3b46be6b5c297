"""What templates may call: {% load ringback %}."""

from django import template

register = template.Library()
