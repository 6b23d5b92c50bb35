"""Published figures as they are downloaded: read, kept by vintage, made into comparators."""
