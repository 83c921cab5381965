begin

begin transaction isolation level serializable read only deferrable

start transaction read write

commit and chain

rollback to savepoint s

savepoint s

release s

abort

end

prepare transaction 'x'

commit prepared 'x'

set search_path to a, "B", 'c'

set local timezone = 'UTC'

set session authorization default

set transaction isolation level repeatable read

set session characteristics as transaction read only

set constraints all deferred

set role none

set names 'utf8'

set xml option document

set a.b = default

reset all

reset session authorization

show all

show transaction isolation level

show server_version

discard all

listen c

notify c, 'payload'

unlisten *

vacuum

vacuum (full, verbose, parallel 2) t (a, b)

vacuum full freeze verbose analyze t

analyze verbose t (a), u

cluster verbose t using i

reindex (verbose) table concurrently t

reindex system d

checkpoint

load 'lib'
