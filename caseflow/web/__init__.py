"""The kit of the screens: layout, headers, forms, dates, access to pages. It knows no feature."""
