select 1 as one
/* from here on nothing is SQL, and the message does not need to repeat all of it, however long the rest of the file may be
from {{ ref('nothing') if false }}
