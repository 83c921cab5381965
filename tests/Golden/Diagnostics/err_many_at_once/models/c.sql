select {{ nothing_like_it() }}
