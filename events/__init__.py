"""Dateline: prose in; a sourced, dated, queryable event dataset out."""
