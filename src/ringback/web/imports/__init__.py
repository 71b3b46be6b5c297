"""bringing a file in: upload, mapping, dry run, progress, report"""
