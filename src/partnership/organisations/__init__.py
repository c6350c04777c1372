"""Who is in the partnership: authorities, organisations, people, posts, and the roles they hold."""
