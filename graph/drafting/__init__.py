"""From the text of a battle article to a draft of its authored form, for a person to correct."""
