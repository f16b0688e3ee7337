"""What can't reach whom it was meant for reaches others: substitutes, and the coordinators of the section."""
