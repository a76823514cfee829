"""What stands around the figures of a list: headings and claimants, whatever the list counts."""
