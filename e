error: fleet.json: expected a file that can be read, found no such file
