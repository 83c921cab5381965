select 1 as one; -- the end
