@echo off
rem Finds Python @python@ and hands over to install.py, which says the rest in Japanese.
rem ASCII only: cmd reads this file in the code page of the console. No blocks in parentheses: a path may have some.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
set "RESULT=1"
if not exist "%HERE%install.py" goto packed
py -@python@ -I -c "import sys" >nul 2>&1
if not errorlevel 1 goto launcher
python -I -c "import sys; sys.exit(sys.version_info[:2] != (@python_numbers@))" >nul 2>&1
if not errorlevel 1 goto named
type "%HERE%no-python.txt"
goto end

:launcher
py -@python@ -I "%HERE%install.py" %*
set "RESULT=%ERRORLEVEL%"
goto end

:named
python -I "%HERE%install.py" %*
set "RESULT=%ERRORLEVEL%"
goto end

:packed
echo Unpack the zip file first, then start install.bat in the unpacked folder.
echo (zip wo tenkai shite kara, tenkai shita folder no install.bat wo hiraite kudasai.)

:end
echo.
pause
exit /b %RESULT%
