"""What comments say in numbers: how often a page helped, how sure that is, what changed, which words stand
out.
"""
