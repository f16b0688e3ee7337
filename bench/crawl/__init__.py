"""A crawl of the pages by people of eight sections, to see whether anything of another section comes out."""
