-- Tracking: what became of each message. Derived data: rebuilt from the spool when lost.
-- SQL that Derby and PostgreSQL both take. Instants are milliseconds since 1970; ids sort by time.
-- The only indexes are the keys, which grow at one end: see docs/decisions/tracking-store.md.

CREATE TABLE messages (
  id VARCHAR(26) NOT NULL,
  accepted_ms BIGINT NOT NULL,
  direction VARCHAR(10) NOT NULL,
  client VARCHAR(64) NOT NULL,
  listener VARCHAR(64) NOT NULL,
  sender VARCHAR(330) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  message_id VARCHAR(250) NOT NULL,
  size_bytes BIGINT NOT NULL,
  trail VARCHAR(30000) NOT NULL,
  CONSTRAINT messages_key PRIMARY KEY (id)
);

CREATE TABLE recipients (
  id VARCHAR(26) NOT NULL,
  idx INTEGER NOT NULL,
  address VARCHAR(330) NOT NULL,
  domain_name VARCHAR(255) NOT NULL,
  status VARCHAR(12) NOT NULL,
  site VARCHAR(63) NOT NULL,
  spilled_from VARCHAR(63) NOT NULL,
  why VARCHAR(500) NOT NULL,
  changed_ms BIGINT NOT NULL,
  CONSTRAINT recipients_key PRIMARY KEY (id, idx)
);

-- Events that came after the message's row was written: JSON text, several to a row.
CREATE TABLE events (
  id VARCHAR(26) NOT NULL,
  seq BIGINT NOT NULL,
  trail VARCHAR(30000) NOT NULL,
  CONSTRAINT events_key PRIMARY KEY (id, seq)
);

-- One row a batch of messages: which addresses may be found in that range of ids.
CREATE TABLE spans (
  first_id VARCHAR(26) NOT NULL,
  last_id VARCHAR(26) NOT NULL,
  digest VARCHAR(30000) NOT NULL,
  CONSTRAINT spans_key PRIMARY KEY (first_id, last_id)
);

-- Facts about the store itself, for example whether it was closed in good order.
CREATE TABLE store_state (
  name VARCHAR(40) NOT NULL,
  fact VARCHAR(200) NOT NULL,
  CONSTRAINT store_state_key PRIMARY KEY (name)
);
