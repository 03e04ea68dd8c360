/**
 * A column for statements that lock rows: it has the server end their transaction when nothing is heard of it for 10
 * seconds. A process that is paused in the middle of one would else hold its rows for as long as its connection lasts,
 * long after its leases. Set with the lock, since a setting of the connection is lost behind a pooler.
 */
export const endWhenIdle = "(SELECT set_config('idle_in_transaction_session_timeout', '10s', TRUE)) AS idle_limit"
