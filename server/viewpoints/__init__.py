"""Viewpoints side by side: who says what of a battle, and where they meet."""
