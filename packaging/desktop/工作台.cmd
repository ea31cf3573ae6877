@echo off
rem Opens the workbench: hongtou.exe lies in the same folder, the workspace is the folder "gongwen" in it.
chcp 65001 >nul
cd /d "%~dp0"
hongtou.exe --root gongwen serve --open
pause
