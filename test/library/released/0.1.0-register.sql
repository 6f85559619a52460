-- The register of a folder as version 0.1.0 wrote it. Never change this.
CREATE TABLE leaving (library TEXT PRIMARY KEY, moment INTEGER NOT NULL) STRICT;
CREATE TABLE purging (library TEXT PRIMARY KEY, moment INTEGER NOT NULL) STRICT;
INSERT INTO leaving VALUES ('server-7600000000000000001', 1769904000000);
INSERT INTO purging VALUES ('server-7600000000000000001', 1767312000000);
PRAGMA user_version = 0;
