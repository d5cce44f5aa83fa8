"""The grammar of agency copy: text in, values out. Imports nothing of newsgen but its values and `memo`."""
