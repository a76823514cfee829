"""The data's terms as pages show them: links, labels, values, anchors, claims and rows of them."""
