"""The demonstration programme: made-up schools, people and self-audits."""
