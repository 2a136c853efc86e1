# XML.
