{{ config(on_error='continue', latest_version_pointer={'enabled': true}) }}
select 1 as id
