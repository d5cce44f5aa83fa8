"""How fast newsgen is, beside other generators: `make bench` and `make bench-scale`.

Of all this the tests run only test_bench.py.

corpus    invented stories           stories   which stories a benchmark has, and how an edit changes one
measure   one process                sites     what is built, and by which command
tools     the other generators       rounds    every site, every mode, in turns
figures   medians and ratios         table     figures as Markdown
machine   where it was measured      errors    what ends a benchmark
"""
